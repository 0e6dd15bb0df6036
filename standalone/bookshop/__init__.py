"""A made-up South African bookshop's support desk: tickets to look at, with known effects planted in them."""
