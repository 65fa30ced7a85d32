package dev.atalaya.agent.detect;

/** The service whose findings tests look at. */
final class Shop implements Service {
  @Override
  public String name() {
    return "shop";
  }

  @Override
  public String version() {
    return "1.4.0";
  }

  @Override
  public String instance() {
    return "host-1:4711";
  }
}
