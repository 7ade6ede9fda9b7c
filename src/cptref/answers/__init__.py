"""How each answer is put together from the store, the rules and the prices. `Reference` is their only caller."""
