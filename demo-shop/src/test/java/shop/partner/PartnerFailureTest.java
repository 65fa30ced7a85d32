package shop.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.ResourceAccessException;

class PartnerFailureTest {
  private final Logger log = (Logger) LoggerFactory.getLogger(Partner.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private HttpServer server;
  private Partner partner;

  @BeforeEach
  void open() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(503, -1);
          }
        });
    server.start();
    partner =
        PartnerConfiguration.at(URI.create("http://localhost:" + server.getAddress().getPort()));
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void close() {
    log.detachAppender(lines);
    server.stop(0);
  }

  @Test
  void answer_that_is_an_error_is_logged_and_thrown() {
    assertThatThrownBy(() -> partner.trusts(7)).hasMessage("The partner answered 503");

    assertThat(line()).isEqualTo(Map.of("partner.path", "/risk/7", "partner.reason", "status 503"));
  }

  @Test
  void partner_that_is_gone_is_logged_and_thrown() {
    server.stop(0);

    assertThatThrownBy(() -> partner.pay(7, java.math.BigDecimal.ONE))
        .isInstanceOf(ResourceAccessException.class);

    assertThat(line())
        .containsEntry("partner.path", "/payments")
        .hasEntrySatisfying(
            "partner.reason", reason -> assertThat(reason.toString()).contains("ConnectException"));
  }

  private Map<String, Object> line() {
    assertThat(lines.list).hasSize(1);
    ILoggingEvent line = lines.list.get(0);
    assertThat(line.getFormattedMessage()).isEqualTo("The partner failed");
    assertThat(line.getThrowableProxy()).isNull();
    return line.getKeyValuePairs().stream().collect(Collectors.toMap(p -> p.key, p -> p.value));
  }
}
