package shop.partner;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.web.client.ResourceAccessException;

/**
 * Tells the log where the partner failed. One line: the exception that follows is logged with its
 * stack by whoever ends with it.
 */
final class PartnerLog implements ObservationHandler<ClientRequestObservationContext> {
  private static final Logger log = LoggerFactory.getLogger(Partner.class);

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof ClientRequestObservationContext;
  }

  @Override
  public void onStop(ClientRequestObservationContext call) {
    if (call.getError() != null) {
      log.atWarn()
          .addKeyValue("partner.path", call.getCarrier().getURI().getPath())
          .addKeyValue("partner.reason", reason(call.getResponse(), call.getError()))
          .log("The partner failed");
    }
  }

  private static String reason(ClientHttpResponse response, Throwable error) {
    try {
      if (response != null && response.getStatusCode().isError()) {
        return "status " + response.getStatusCode().value();
      }
    } catch (IOException unreadable) {
      // Then the error says it.
    }
    boolean noAnswer = error instanceof ResourceAccessException && error.getCause() != null;
    return (noAnswer ? error.getCause() : error).toString();
  }
}
