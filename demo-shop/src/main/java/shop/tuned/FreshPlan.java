package shop.tuned;

import java.sql.PreparedStatement;
import java.util.List;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.PreparedStatementCreator;

/**
 * Statements that are planned for their values each time. The driver prepares a statement that it
 * sees for the fifth time, and the server may then plan it once for all values: a word that half of
 * the products have, and one that none has, want different plans.
 */
final class FreshPlan {
  private FreshPlan() {}

  static PreparedStatementCreator of(String sql, List<Object> values) {
    return connection -> {
      PreparedStatement statement = connection.prepareStatement(sql);
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      return statement;
    };
  }
}
