package dev.atalaya.agent.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.detect.ProblemEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private final ProblemEvent event =
      ProblemEvents.of("a").with("suggestion", "Größe \"x\" \uD83D\uDE00").firing();

  @Test
  void body_is_signed_byte_for_byte() throws Exception {
    try (Inbox inbox = new Inbox()) {
      new Webhook(HttpEndpoint.of(inbox.url()), "s3cret").send(event, null);

      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] body = inbox.taken.get(0).getBody().toByteArray();
      assertEquals(
          "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)),
          inbox.taken.get(0).getHeaders().get("X-Atalaya-Signature"));
      assertEquals("Größe \"x\" \uD83D\uDE00", inbox.json(0).get("suggestion"));
    }
  }

  @Test
  void signature_is_that_of_any_other_hmac() throws Exception {
    try (Inbox inbox = new Inbox()) {
      ProblemEvent plain =
          new ProblemEvent(
              "a",
              event.kind,
              "s",
              "e",
              event.severity,
              null,
              false,
              "l",
              null,
              java.util.Map.of(),
              java.util.Map.of());
      new Webhook(HttpEndpoint.of(inbox.url()), "key").send(plain, null);

      assertEquals("{}", inbox.body(0));
      // printf '{}' | openssl dgst -sha256 -hmac key
      assertEquals(
          "sha256=a777724d943eb48dc69bca8a4a6d57a04db3f9ec7e1de4e581e860265bdf3032",
          inbox.taken.get(0).getHeaders().get("X-Atalaya-Signature"));
    }
  }

  @Test
  void without_a_secret_there_is_no_signature() throws Exception {
    try (Inbox inbox = new Inbox()) {
      assertEquals("200", new Webhook(HttpEndpoint.of(inbox.url()), "").send(event, null));

      assertNull(inbox.taken.get(0).getHeaders().get("X-Atalaya-Signature"));
    }
  }

  @Test
  void user_and_password_of_the_url_are_sent_and_not_shown() throws Exception {
    try (Inbox inbox = new Inbox()) {
      HttpEndpoint endpoint =
          HttpEndpoint.of("http://us%20er:p%40ss@127.0.0.1:" + inbox.port() + "/in?token=t&x=1");
      new Webhook(endpoint, "").send(event, null);

      Headers headers = inbox.taken.get(0).getHeaders();
      assertEquals("Basic dXMgZXI6cEBzcw==", headers.get("Authorization"));
      assertEquals("127.0.0.1:" + inbox.port(), headers.get("Host"));
      assertEquals("/in", inbox.taken.get(0).getUrl().encodedPath());
      assertEquals("token=t&x=1", inbox.taken.get(0).getUrl().encodedQuery());
      assertEquals("http://127.0.0.1:" + inbox.port() + "/...", endpoint.shown());
    }
  }

  @Test
  void failures_are_in_words() throws Exception {
    Webhook webhook;
    try (Inbox inbox = new Inbox()) {
      webhook = new Webhook(HttpEndpoint.of("127.0.0.1:" + inbox.port()), "");
      inbox.answer = "not today\nat all";
      inbox.status = 503;
      assertEquals("503 not today", failure(webhook).getMessage());
      inbox.status = 422;
      assertEquals(Refusal.class, failure(webhook).getClass());
      inbox.answer = "<html>";
      inbox.status = 404;
      assertEquals("404", failure(webhook).getMessage());
    }
    assertTrue(failure(webhook).getMessage().contains("refused"));
    Webhook unknown = new Webhook(HttpEndpoint.of("http://user:secret@none.invalid"), "");
    assertEquals("unknown host none.invalid", failure(unknown).getMessage());
  }

  private IOException failure(Webhook webhook) {
    return assertThrows(IOException.class, () -> webhook.send(event, null));
  }
}
