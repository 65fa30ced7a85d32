package shop.setup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Fills an empty database, always with the same goods, people and orders.
 *
 * <p>It is a migration, so that it happens once, in one transaction, under Flyway's lock where two
 * instances start at the same time; and before the keys and indexes, which cost less afterwards.
 */
@Component
final class Seeder implements JavaMigration {
  private final Size size;

  Seeder(@Value("${shop.size}") Size size) {
    this.size = size;
  }

  private interface Rows {
    void to(Copy copy, Size size) throws IOException;
  }

  @Override
  public void migrate(Context context) throws SQLException, IOException {
    Connection connection = context.getConnection();
    try (Statement statement = connection.createStatement()) {
      // Of tables truncated in the same transaction, COPY freezes the rows. Nothing is in them.
      statement.execute(
          "truncate products, customers, orders, order_lines, cart_items, reviews cascade");
    }
    fill(connection, "products", Goods::products);
    fill(connection, "customers", People::customers);
    fill(connection, "orders (customer_id, placed_on)", People::orders);
    fill(
        connection,
        "order_lines (order_id, product_id, quantity, price, note)",
        People::orderLines);
    fill(connection, "cart_items (customer_id, product_id, quantity)", People::carts);
    fill(connection, "reviews (product_id, customer_id, stars, text, written_on)", Goods::reviews);
  }

  private void fill(Connection connection, String table, Rows rows)
      throws SQLException, IOException {
    try (Copy copy = new Copy(connection, table)) {
      rows.to(copy, size);
    }
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("1.1");
  }

  @Override
  public String getDescription() {
    return "seed";
  }

  @Override
  public Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }
}
