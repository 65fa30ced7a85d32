package shop.traffic;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import shop.setup.People;

/** Somebody who is logged in, as one customer and later as another. */
final class Visitor {
  // What the small shop has, so that the same walk suits all sizes.
  private static final int PRODUCTS = 200;
  private static final int CUSTOMERS = 50;

  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
  private static final byte[] PHOTO = photo();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .cookieHandler(new CookieManager())
          .build();
  private final String shop;
  private final Random random;
  private int customer;
  private String order = "1";

  /**
   * @param customer whom to begin as
   */
  Visitor(String shop, int customer) {
    this.shop = shop;
    this.customer = customer;
    this.random = new Random(customer);
  }

  Visit any() {
    return Visit.WANDERING.get(random.nextInt(Visit.WANDERING.size()));
  }

  void becomeAnother() {
    customer = 1 + random.nextInt(CUSTOMERS);
  }

  /** Returns what was answered, in a few words. */
  String pay(Visit visit) throws InterruptedException {
    try {
      HttpResponse<String> answer = http.send(request(visit), BodyHandlers.ofString());
      Matcher id = ID.matcher(answer.body());
      if (visit.path().equals("/api/orders") && id.find()) {
        order = id.group(1);
      }
      return "status " + answer.statusCode();
    } catch (IOException e) {
      return "no answer: " + e.getClass().getSimpleName();
    }
  }

  private HttpRequest request(Visit visit) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(shop + fill(visit.path())))
            .timeout(Duration.ofSeconds(30));
    if (visit.body() == null) {
      return request.build();
    }
    if (visit.body().equals(Visit.PICTURE)) {
      String head =
          "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpeg\"\r\n\r\n";
      return request
          .header("Content-Type", "multipart/form-data; boundary=limit")
          .POST(
              BodyPublishers.concat(
                  BodyPublishers.ofString(head),
                  BodyPublishers.ofByteArray(PHOTO),
                  BodyPublishers.ofString("\r\n--limit--\r\n")))
          .build();
    }
    return request
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(fill(visit.body())))
        .build();
  }

  private String fill(String template) {
    return template
        .replace("{page}", Integer.toString(random.nextInt(8)))
        .replace("{product}", Integer.toString(1 + random.nextInt(PRODUCTS)))
        .replace("{email}", People.email(customer))
        .replace("{order}", order)
        .replace("{stars}", Integer.toString(1 + random.nextInt(5)))
        .replace("{quantity}", Integer.toString(1 + random.nextInt(2)));
  }

  private static byte[] photo() {
    BufferedImage photo = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = photo.createGraphics();
    canvas.setColor(Color.ORANGE);
    canvas.fillOval(300, 150, 600, 600);
    canvas.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(photo, "jpeg", jpeg);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jpeg.toByteArray();
  }
}
