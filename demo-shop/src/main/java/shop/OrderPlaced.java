package shop;

/** A checkout went through. */
public record OrderPlaced(long order, String customer) {}
