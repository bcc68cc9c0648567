"""What an investment project is: stages, money, dates. Pure: no web, no database."""
