package shop.load;

/** What kind of work an endpoint does, and how quickly that should be answered. */
public enum EndpointClass {
  SIMPLE("simple GET", 50, 100, 200),
  COMPLEX("complex query", 200, 500, 1_000),
  POST("POST/PUT", 100, 300, 500),
  UPLOAD("file upload", 1_000, 3_000, 5_000);

  private final String title;
  private final int target;
  private final int acceptable;
  private final int critical;

  EndpointClass(String title, int target, int acceptable, int critical) {
    this.title = title;
    this.target = target;
    this.acceptable = acceptable;
    this.critical = critical;
  }

  public String title() {
    return title;
  }

  /** Milliseconds below which an answer is as it should be. */
  public int target() {
    return target;
  }

  /** Milliseconds below which one can live with it. */
  public int acceptable() {
    return acceptable;
  }

  /** Milliseconds above which customers leave. */
  public int critical() {
    return critical;
  }
}
