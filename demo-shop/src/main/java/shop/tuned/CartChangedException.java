package shop.tuned;

/** A cart has other items by the time that they are ordered than when they were looked at. */
class CartChangedException extends RuntimeException {
  CartChangedException() {
    super("The cart has changed meanwhile.", null, false, false);
  }
}
