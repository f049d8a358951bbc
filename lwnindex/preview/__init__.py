"""What a preview is made of: requests and answers, what is watched, what is told and held back."""
