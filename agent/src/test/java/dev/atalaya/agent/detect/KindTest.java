package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindTest {
  @ParameterizedTest
  @CsvSource({
    "N_PLUS_ONE, n_plus_one, N+1",
    "N_PLUS_ONE_WRITE, n_plus_one_write, N+1 writes",
    "N_PLUS_ONE_CACHE, n_plus_one_cache, N+1 cache",
    "N_PLUS_ONE_HTTP, n_plus_one_http, N+1 calls",
    "DUPLICATE_QUERY, duplicate_query, Duplicate query",
    "BATCH_TOO_SMALL, batch_too_small, Batch too small",
    "CHATTY, chatty, Chatty",
    "SLOW_QUERY, slow_query, Slow query",
    "SLOW_REQUEST, slow_request, Slow request",
  })
  void a_finding_is_named_for_machines_and_for_people(Kind kind, String label, String title) {
    assertEquals(label, kind.label());
    assertEquals(title, kind.title());
  }
}
