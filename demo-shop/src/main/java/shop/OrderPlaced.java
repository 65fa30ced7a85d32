package shop;

/** A checkout went through. */
record OrderPlaced(long order, String customer) {}
