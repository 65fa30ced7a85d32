package dev.atalaya.agent.callsite;

import dev.atalaya.agent.catalogue.Catalogue;
import dev.atalaya.agent.catalogue.Trait;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * Classes that are woven as a driver's or a client's, as subtypes of one, whoever wrote them: they
 * are no call site.
 */
final class DriverTypes {
  private static final String[] BASES = Catalogue.beginnings(Trait.BASE);

  private DriverTypes() {}

  static boolean include(Class<?> type) {
    for (Class<?> above = type.getSuperclass(); above != null; above = above.getSuperclass()) {
      for (String base : BASES) if (above.getName().equals(base)) return true;
    }
    try {
      return isJdbc(type);
    } catch (LinkageError noSql) {
      return false;
    }
  }

  private static boolean isJdbc(Class<?> type) {
    return Statement.class.isAssignableFrom(type)
        || Connection.class.isAssignableFrom(type)
        || ResultSet.class.isAssignableFrom(type)
        || DatabaseMetaData.class.isAssignableFrom(type)
        || Driver.class.isAssignableFrom(type);
  }
}
