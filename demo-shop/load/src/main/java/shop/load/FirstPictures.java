package shop.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Gives the most popular products a picture each, where they have none: something to look at. */
final class FirstPictures {
  private static final int PRODUCTS = 12;
  private static final String BOUNDARY = "picture-of-a-product";

  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final Settings settings;

  FirstPictures(Settings settings) {
    this.settings = settings;
  }

  void hang(Popularity products) {
    try {
      String who = "{\"email\":\"" + settings.size().email(1) + "\",\"password\":\"shop\"}";
      send("/api/login", "application/json", who.getBytes(StandardCharsets.UTF_8));
      for (int rank = 0; rank < PRODUCTS; rank++) {
        String product = "/api/products/" + products.ranked(rank);
        if (get(product).contains("\"images\":[]")) {
          byte[] photo = Photos.photo(1200, 100 + rank);
          send(product + "/images", "multipart/form-data; boundary=" + BOUNDARY, form(photo));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("There is no shop at " + settings.address(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped before the first visitor came", e);
    }
  }

  private String get(String path) throws IOException, InterruptedException {
    return answer(HttpRequest.newBuilder(URI.create(settings.address() + path)));
  }

  private void send(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    answer(
        HttpRequest.newBuilder(URI.create(settings.address() + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private String answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(response + ": is this a shop of another size?");
    }
    return response.body();
  }

  private static byte[] form(byte[] photo) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        ("--"
                + BOUNDARY
                + "\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"photo.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(photo);
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return form.toByteArray();
  }
}
