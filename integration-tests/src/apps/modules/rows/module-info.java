/** Nothing but a result set. */
module rows {
  requires java.sql;

  exports rows;
}
