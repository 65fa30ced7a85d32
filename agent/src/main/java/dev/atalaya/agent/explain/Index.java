package dev.atalaya.agent.explain;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The index that a filtered scan lacks: columns that equal a value, then one range or order. */
final class Index {
  private static final int COLUMNS = 3;

  private final DatabaseMetaData data;
  private final @Nullable String catalog;
  private final @Nullable String schema;
  private final String table;
  private final Map<String, String> types = new HashMap<>();

  private Index(
      DatabaseMetaData data, @Nullable String catalog, @Nullable String schema, String table) {
    this.data = data;
    this.catalog = catalog;
    this.schema = schema;
    this.table = table;
  }

  /**
   * The columns of the index as the condition spells them; empty where an index is of no use or is
   * there already, and the planner had its reasons.
   *
   * @param order the first column of ORDER BY, if it could be the index's last
   */
  static List<String> missing(
      Connection connection,
      @Nullable String catalog,
      @Nullable String schema,
      String table,
      Filter filter,
      @Nullable String order)
      throws SQLException {
    Index index = new Index(connection.getMetaData(), catalog, schema, table);
    index.readTypes();
    List<String> columns = new ArrayList<>();
    for (String column : filter.equal) {
      if (columns.size() < COLUMNS && index.canHold(column, filter)) columns.add(column);
    }
    int equal = columns.size();
    String last = filter.range != null ? filter.range : equal > 0 ? order : null;
    if (last != null && !holds(columns, last) && index.canHold(last, filter)) columns.add(last);
    boolean there = columns.isEmpty() || index.begins(columns.subList(0, Math.max(1, equal)));
    return there ? new ArrayList<>() : columns;
  }

  private static boolean holds(List<String> columns, String name) {
    for (String column : columns) {
      if (Select.unquoted(column).equalsIgnoreCase(Select.unquoted(name))) return true;
    }
    return false;
  }

  private void readTypes() throws SQLException {
    // The table's name is a pattern here, so others may come too.
    try (ResultSet columns = data.getColumns(catalog, schema, table, null)) {
      while (columns.next()) {
        if (!table.equals(columns.getString("TABLE_NAME"))) continue;
        String name = columns.getString("COLUMN_NAME").toUpperCase(Locale.ROOT);
        String type = columns.getString("TYPE_NAME");
        if (indexable(columns.getInt("DATA_TYPE"), type)) types.put(name, type);
      }
    }
  }

  /** MySQL's TEXT would need a length in the index; others have no order. */
  private static boolean indexable(int type, String name) {
    switch (type) {
      case Types.LONGVARCHAR:
      case Types.LONGNVARCHAR:
      case Types.LONGVARBINARY:
      case Types.CLOB:
      case Types.NCLOB:
      case Types.BLOB:
      case Types.SQLXML:
      case Types.ARRAY:
        return false;
      default:
        return !name.toLowerCase(Locale.ROOT).startsWith("json");
    }
  }

  private boolean canHold(String column, Filter filter) {
    String type = types.get(Select.unquoted(column).toUpperCase(Locale.ROOT));
    // A column of another type that is compared as text is cast: an expression, and no column.
    return type != null && (!filter.asText.contains(column) || type.equalsIgnoreCase("varchar"));
  }

  /** Whether an index has just these as its first columns, in any order. */
  private boolean begins(List<String> columns) throws SQLException {
    Map<String, TreeMap<Integer, String>> indexes = new HashMap<>();
    try (ResultSet rows = data.getIndexInfo(catalog, schema, table, false, true)) {
      while (rows.next()) {
        String index = rows.getString("INDEX_NAME");
        String column = rows.getString("COLUMN_NAME");
        if (index == null || column == null) continue;
        indexes
            .computeIfAbsent(index, absent -> new TreeMap<>())
            .put(rows.getInt("ORDINAL_POSITION"), column);
      }
    }
    for (TreeMap<Integer, String> index : indexes.values()) {
      List<String> first = new ArrayList<>(index.values());
      if (first.size() < columns.size()) continue;
      boolean all = true;
      for (String column : first.subList(0, columns.size())) all &= holds(columns, column);
      if (all) return true;
    }
    return false;
  }
}
