package shop.load;

/** Requests a second that the shop should be able to answer, by the kind of work. */
public enum Throughput {
  SIMPLE_API("simple API", 1_000, 24),
  DATABASE("database-heavy", 500, 12),
  FILES("file processing", 100, 4),
  ANALYTICS("analytics", 50, 6);

  private final String title;
  private final int target;
  private final int users;

  Throughput(String title, int target, int users) {
    this.title = title;
    this.target = target;
    this.users = users;
  }

  public String title() {
    return title;
  }

  /** Requests a second, and more. */
  public int target() {
    return target;
  }

  /** How many ask without thinking, each as soon as it has its answer, to find the capacity. */
  public int users() {
    return users;
  }
}
