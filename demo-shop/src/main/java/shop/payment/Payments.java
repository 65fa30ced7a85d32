package shop.payment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Pays orders at the partner. */
@Component
public class Payments {
  private final PaymentPartner partner;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  Payments(PaymentPartner partner) {
    this.partner = partner;
  }

  /** Returns the partner's reference. */
  public String pay(long order, BigDecimal amount) {
    HttpRequest request =
        HttpRequest.newBuilder(partner.address())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .timeout(Duration.ofSeconds(5))
            .POST(BodyPublishers.ofString("order=" + order + "&amount=" + amount))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 201) {
        throw new IllegalStateException("The payment partner answered " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException("The payment partner does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while paying", e);
    }
  }
}
