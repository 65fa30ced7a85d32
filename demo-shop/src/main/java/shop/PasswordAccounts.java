package shop;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Service;

/** Customers log in by email and password; bcrypt keeps the latter. */
@Service
class PasswordAccounts implements Accounts {
  /** Of a password that nobody has: compared with where there is no such customer. */
  private static final String NOBODY =
      "$2a$06$Eg2flLyZPMDEUK866gB27.yfeoqJM9xHaL3ELmcv6zpo2f7as5dRC";

  private final JdbcTemplate jdbc;
  private final BCryptPasswordEncoder passwords = new BCryptPasswordEncoder(6);

  PasswordAccounts(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  private record Row(Account account, String password) {}

  @Override
  public Optional<Account> login(String email, String password) {
    List<Row> found =
        jdbc.query(
            "select id, name, password from customers where email = ?",
            (row, i) ->
                new Row(
                    new Account(row.getLong("id"), row.getString("name")),
                    row.getString("password")),
            email);
    String hash = found.isEmpty() ? NOBODY : found.get(0).password();
    boolean right = passwords.matches(password, hash) && !found.isEmpty();
    return right ? Optional.of(found.get(0).account()) : Optional.empty();
  }
}
