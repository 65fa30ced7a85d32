package dev.atalaya.agent.library.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.trace.Failure;
import org.junit.jupiter.api.Test;

class ErrorReplyTest {
  @Test
  void a_reply_is_called_by_the_word_it_begins_with() {
    Failure failure = ErrorReply.of("WRONGTYPE Operation against a key");
    assertEquals("WRONGTYPE", failure.type);
    assertEquals("WRONGTYPE", failure.responseStatus());
    assertEquals("NOAUTH", ErrorReply.of("NOAUTH").type);
  }

  @Test
  void a_reply_that_begins_with_anything_else_is_err() {
    for (String reply : new String[] {"", "no", "Wrong type", "OK 7", "A".repeat(33)}) {
      assertEquals("ERR", ErrorReply.of(reply).type, reply);
      assertEquals("ERR", ErrorReply.of(reply).responseStatus(), reply);
    }
  }

  @Test
  void what_was_thrown_keeps_its_class_and_says_the_reply() {
    Failure failure = ErrorReply.thrown(new IllegalStateException("MOVED 7 other:6379"));
    assertEquals(IllegalStateException.class.getName(), failure.type);
    assertEquals("MOVED", failure.responseStatus());
    assertNull(ErrorReply.thrown(new IllegalStateException("Read timed out")).responseStatus());
    assertNull(ErrorReply.thrown(new IllegalStateException()).responseStatus());
  }

  @Test
  void what_does_not_tell_its_message_is_a_failure_all_the_same() {
    RuntimeException silent =
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new UnsupportedOperationException();
          }
        };
    assertNull(ErrorReply.thrown(silent).responseStatus());
  }
}
