package rows;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;

/** A driver's class to be woven, and the first one of its module: loading it is enough. */
public abstract class Rows implements ResultSet {
  @Override
  public boolean next() {
    return false;
  }

  @Override
  public ResultSetMetaData getMetaData() {
    return null;
  }
}
