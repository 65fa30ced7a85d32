package dev.atalaya.agent.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns that an index could find by, from conditions as databases show them. */
class FilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // PostgreSQL
        "(o.customer_id = $1) | [customer_id] null",
        "((o.customer_id = $1) AND (o.day > $2) AND (o.sum > 5)) | [customer_id] day",
        "((o.status)::text = $1) | [status] null",
        "((o.status)::text = 'and ('::text) | [status] null",
        "(o.\"order\" = ANY ($1)) | [\"order\"] null",
        "(o.day >= (now() - '7 days'::interval)) | [] day",
        "(o.day >= $1::timestamp without time zone) | [] day",
        "((o.name)::text ~~ $1) | [] null",
        "(lower((o.name)::text) = $1) | [] null",
        "((o.a = $1) OR (o.b = $2)) | [] null",
        "((o.a = $1) AND ((o.b = $2) OR (o.c = $3))) | [a] null",
        "(o.a = o.b) | [] null",
        "(o.a = (o.b + 1)) | [] null",
        "(p.a = $1) | [] null",
        "(o.a <> $1) | [] null",
        "(o.a IS NULL) | [] null",
        "(o.active AND (o.a = $1)) | [a] null",
        // MySQL, MariaDB
        "o.customer_id = '1' and o.day > DATE'2000-01-01' | [customer_id] day",
        "o.day between <cache>('1') and <cache>('1') and o.sum > 1 | [] day",
        "o.day > <cache>(current_timestamp() - interval '1' day) | [] day",
        "o.day > o.other_day | [] null",
        "((`shop`.`o`.`a` = 1) and (`shop`.`o`.`day` between '1' and '2')) | [`a`] `day`",
        "o.a in (1,2) | [a] null",
      })
  void columns_that_are_compared_with_values(String condition, String columns) {
    Filter filter = Filter.of(condition, "o", true);
    assertEquals(columns, filter.equal + " " + filter.range);
  }
}
