package dev.atalaya.agent.library.c3p0;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import dev.atalaya.agent.library.ConnectionPoolContract;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import javax.sql.DataSource;

class C3p0InstrumentationTest implements ConnectionPoolContract {
  @Override
  public LibraryInstrumentation instrumentation() {
    return new C3p0Instrumentation();
  }

  @Override
  public DataSource open() throws Exception {
    ComboPooledDataSource pool = new ComboPooledDataSource();
    pool.setJdbcUrl(URL);
    pool.setMinPoolSize(1);
    pool.setInitialPoolSize(1);
    pool.setMaxPoolSize(2);
    pool.setPreferredTestQuery("SELECT 2");
    pool.setTestConnectionOnCheckout(true);
    pool.setTestConnectionOnCheckin(true);
    return pool;
  }

  @Override
  public void close(DataSource pool) {
    ((ComboPooledDataSource) pool).close();
  }

  @Override
  public boolean counted() {
    return false;
  }
}
