"""Account (账户): sign in and out, first password, role, language, light."""
