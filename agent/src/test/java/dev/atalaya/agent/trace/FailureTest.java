package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void a_database_says_its_state_else_its_code() {
    assertEquals("23505", Failure.of(new SQLException("x", "23505", 1)).responseStatus());
    assertEquals("1062", Failure.of(new SQLException("x", null, 1062)).responseStatus());
    assertNull(Failure.of(new SQLException("x")).responseStatus());
  }

  @Test
  void a_text_that_begins_in_capitals_is_no_status() {
    assertNull(Failure.of(new IllegalStateException("GET failed")).responseStatus());
  }
}
