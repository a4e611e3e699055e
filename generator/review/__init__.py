"""What a reviewer does: sees where everything stands, sees what changed, signs, withdraws."""
