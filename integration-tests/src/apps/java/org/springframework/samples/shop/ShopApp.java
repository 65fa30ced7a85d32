package org.springframework.samples.shop;

import app.Web;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.springframework.samples.dao.Products;

/** An application in a library's package, as sample applications are. */
public final class ShopApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";

  private ShopApp() {}

  public static void main(String[] args) throws Exception {
    Class.forName("org.h2.Driver");
    try (Connection connection = DriverManager.getConnection(URL, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE product (id INT PRIMARY KEY, name VARCHAR(50))");
      statement.execute("INSERT INTO product SELECT x, 'p' || x FROM SYSTEM_RANGE(1, 20)");
    }
    new Web(2).on("/products", query -> products()).start();
  }

  private static String products() throws Exception {
    StringBuilder names = new StringBuilder();
    try (Connection connection = DriverManager.getConnection(URL, "sa", "")) {
      for (int id = 1; id <= 20; id++) {
        names.append(Products.name(connection, id)); // <- products
      }
    }
    return names.toString();
  }
}
