package shop.setup;

/** How much of everything; an order has three lines on average. */
enum Size {
  SMALL(200, 50, 500),
  MEDIUM(5_000, 1_000, 20_000),
  LARGE(100_000, 20_000, 166_667);

  final int products;
  final int customers;
  final int orders;

  Size(int products, int customers, int orders) {
    this.products = products;
    this.customers = customers;
    this.orders = orders;
  }
}
