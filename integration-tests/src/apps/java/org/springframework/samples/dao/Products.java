package org.springframework.samples.dao;

import java.sql.Connection;
import java.sql.SQLException;
import net.unheard.Mapper;

/** A module of the application's, in a jar of its own. */
public final class Products {
  private Products() {}

  public static String name(Connection connection, int id) throws SQLException {
    return Mapper.one(connection, "SELECT name FROM product WHERE id = ?", id); // <- name
  }
}
