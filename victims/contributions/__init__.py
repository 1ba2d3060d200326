"""What visitors tell and ask: contributions with pictures, alerts, and how long anything of a visitor is kept."""
