package dev.atalaya.agent.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          ERROR: duplicate key value violates unique constraint "users_email_key" Detail: Key (email)=(ann@example.com) already exists. => ERROR: duplicate key value violates unique constraint "users_email_key" Detail: Key (email)=(?) already exists.
          Key (lower(name))=(x) canary) already exists. => Key (lower(name))=(?) already exists.
          Key (a, b)=(1, canary) is not present in table "t". => Key (a, b)=(?) is not present in table "t".
          null value in column "name" of relation "users" Detail: Failing row contains (1, canary, null). => null value in column "name" of relation "users" Detail: Failing row contains (?).
          ERROR: invalid input syntax for type integer: "canary" => ERROR: invalid input syntax for type integer: "?"
          ERROR: relation "public.orders" does not exist Position: 15 => ERROR: relation "public.orders" does not exist Position: 15
          Batch entry 0 insert into t values ('it''s canary', 5) was aborted: ERROR => Batch entry 0 insert into t values (?) was aborted: ERROR
          Bad value for type int : canary => Bad value for type ?
          Duplicate entry 'O'Canary' for key 'users.email' => Duplicate entry '?' for key 'users.email'
          Data too long for column 'name' at row 1 => Data too long for column 'name' at row 1
          Incorrect integer value: 'canary' for column 'a' at row 1 => Incorrect integer value: '?' for column 'a' at row 1
          You have an error near 'a = 'canary' and b' at line 1 => You have an error near '?' at line 1
          Table 'shop.orders' doesn't exist => Table 'shop.orders' doesn't exist
          (conn=12) Duplicate entry 'canary' for key 'k' Query is: insert 'canary' => (conn=12) Duplicate entry '?' for key 'k' Query is: ?
          Unique index violation: "PUBLIC.UK ON PUBLIC.USERS(EMAIL) VALUES ( 1, 'canary' )"; SQL statement: insert canary [23505-214] => Unique index violation: "?"; SQL statement: ?
          Value too long for column "NAME CHARACTER VARYING(10)": "'canary' (11)" => Value too long for column "NAME CHARACTER VARYING(10)": "?"
          ORA-00001: unique constraint (SHOP.UK_EMAIL) violated => ORA-00001: unique constraint (SHOP.UK_EMAIL) violated
          ORA-03301: row with column values (EMAIL:canary) already exists => ORA-03301: row with column values (?) already exists
          ORA-12899: value too large for column "S"."T"."C" (actual: 12, maximum: 10) => ORA-12899: value too large for column "S"."T"."C" (actual: 12, maximum: 10)
          Cannot insert duplicate key in object 'dbo.users'. The duplicate key value is (canary). => Cannot insert duplicate key in object 'dbo.users'. The duplicate key value is (?).
          Conversion failed when converting the varchar value 'canary' to data type int. => Conversion failed when converting the varchar value '?' to data type int.
          SQLCODE=-803, SQLSTATE=23505, SQLERRMC=canary;X, DRIVER=4.26 => SQLCODE=-803, SQLSTATE=23505, SQLERRMC= ?
          ERR unknown command 'FOO', with args beginning with: 'canary' => ERR unknown command '?'
          WRONGTYPE Operation against a key holding the wrong kind of value => WRONGTYPE Operation against a key holding the wrong kind of value
          timed out after 30000ms (total=10, active=10) => timed out after 30000ms (total=10, active=10)
          no route for ann.canary@example.com, card 4111111111111111 => no route for ? card ?
          GET http://h/?token=canary failed => GET http://h/?token=? failed
          never ends 'canary => never ends '?
          """)
  void values_go_and_names_stay(String message, String masked) {
    assertEquals(masked, ErrorText.mask(message));
  }

  @Test
  void a_message_is_short() {
    assertEquals(1_024, ErrorText.mask("word ".repeat(1_000)).length());
    assertEquals("", ErrorText.mask(""));
  }

  @Test
  void megabytes_take_bounded_time() {
    for (String unit :
        new String[] {"'", "\"a", "(", "=(", "column 'a' ", "a", "=", " ", "''", "x=1 "}) {
      String message = unit.repeat(5_000_000 / unit.length());
      String masked =
          assertTimeoutPreemptively(Duration.ofSeconds(10), () -> ErrorText.mask(message));
      assertTrue(masked.length() <= 1_024);
    }
  }
}
