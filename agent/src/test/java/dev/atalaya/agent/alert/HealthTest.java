package dev.atalaya.agent.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void each_change_is_one_line() {
    HttpEndpoint endpoint = HttpEndpoint.of("http://user:secret@host:81/a?token=secret");
    Health health = new Health(new Webhook(endpoint, "secret"));

    assertNull(health.works());
    assertEquals("alerts by webhook to http://host:81/... fail: timeout", health.fails("timeout"));
    assertNull(health.fails("timeout"));
    assertNull(health.fails("503"));
    assertEquals("alerts by webhook work again", health.works());
    assertNull(health.works());
  }
}
