package shop.load;

import io.gatling.javaapi.http.HttpDsl;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.util.Locale;

/**
 * How a simulation is told what to do: system properties of Gatling's JVM.
 *
 * @param address where the shop is
 * @param size what it was filled with
 * @param visitors new ones each second, when all have come up
 * @param ramp seconds until then
 * @param seconds for which visitors keep coming, after the ramp; or of each phase
 * @param seed other visitors with another seed, the same with the same
 * @param pictures whether the most popular products get a picture first
 */
record Settings(
    String address, Size size, double visitors, int ramp, int seconds, int seed, boolean pictures) {

  static Settings given() {
    return new Settings(
        System.getProperty("shop.address", "http://localhost:8080").replaceAll("/+$", ""),
        Size.valueOf(System.getProperty("shop.size", "large").toUpperCase(Locale.ROOT)),
        Double.parseDouble(System.getProperty("shop.visitors", "3")),
        Integer.getInteger("shop.ramp", 10),
        Integer.getInteger("shop.seconds", 60),
        Integer.getInteger("shop.seed", 1),
        Boolean.parseBoolean(System.getProperty("shop.pictures", "true")));
  }

  /** Like a browser, which keeps what it was told to keep, and asks again by ETag. */
  HttpProtocolBuilder browser() {
    return HttpDsl.http
        .baseUrl(address)
        .acceptHeader("application/json, image/jpeg")
        .acceptEncodingHeader("gzip")
        .userAgentHeader("shop-load")
        .disableWarmUp();
  }
}
