package app;

import com.baomidou.mybatisplus.annotation.TableId;
import com.baomidou.mybatisplus.annotation.TableName;
import com.baomidou.mybatisplus.core.MybatisConfiguration;
import com.baomidou.mybatisplus.core.MybatisSqlSessionFactoryBuilder;
import com.baomidou.mybatisplus.core.mapper.BaseMapper;
import com.github.pagehelper.PageHelper;
import com.github.pagehelper.PageInterceptor;
import com.j256.ormlite.dao.Dao;
import com.j256.ormlite.dao.DaoManager;
import com.j256.ormlite.field.DatabaseField;
import com.j256.ormlite.jdbc.JdbcConnectionSource;
import com.j256.ormlite.table.DatabaseTable;
import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.ebean.Database;
import io.ebean.DatabaseFactory;
import io.ebean.config.DatabaseConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sql2o.Sql2o;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/** The same loop through one library after another, none of which is where it is. */
public final class OtherLibrariesApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
  private static final String ONE = "SELECT name FROM product WHERE id = ";

  private OtherLibrariesApp() {}

  public static void main(String[] args) throws Exception {
    Orders.create(() -> DriverManager.getConnection(URL, "sa", ""), false);
    com.alibaba.druid.pool.DruidDataSource druid = new com.alibaba.druid.pool.DruidDataSource();
    druid.setUrl(URL);
    druid.setUsername("sa");
    druid.setFilters("stat");
    org.vibur.dbcp.ViburDBCPDataSource vibur = new org.vibur.dbcp.ViburDBCPDataSource();
    vibur.setJdbcUrl(URL);
    vibur.setUsername("sa");
    vibur.setPassword("");
    vibur.start();
    com.jolbox.bonecp.BoneCPDataSource bonecp = new com.jolbox.bonecp.BoneCPDataSource();
    bonecp.setJdbcUrl(URL);
    bonecp.setUsername("sa");
    bonecp.setPassword("");
    bonecp.setPartitionCount(1);
    AgroalDataSource agroal =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    pool ->
                        pool.maxSize(2)
                            .connectionFactoryConfiguration(
                                factory ->
                                    factory
                                        .jdbcUrl(URL)
                                        .principal(new NamePrincipal("sa"))
                                        .credential(new SimplePassword("")))));
    Jdbi jdbi = Jdbi.create(URL, "sa", "");
    Sql2o sql2o = new Sql2o(URL, "sa", "");
    Dao<Product, Integer> dao =
        DaoManager.createDao(new JdbcConnectionSource(URL, "sa", ""), Product.class);
    SqlSessionFactory plus = mybatis(new MybatisConfiguration());
    MybatisConfiguration paged = new MybatisConfiguration();
    PageInterceptor interceptor = new PageInterceptor();
    interceptor.setProperties(new Properties());
    paged.addInterceptor(interceptor);
    SqlSessionFactory pages = mybatis(paged);
    Database ebean = ebean();
    TemplateEngine thymeleaf = new TemplateEngine();
    thymeleaf.setTemplateResolver(new StringTemplateResolver());
    GraphQL graphql = graphql(dao);
    new Web(4)
        .on("/agroal", query -> pooled(agroal))
        .on("/druid", query -> pooled(druid))
        .on("/vibur", query -> pooled(vibur))
        .on("/bonecp", query -> pooled(bonecp))
        .on("/druid_two", query -> pooled(druid) + payments(druid))
        .on("/jdbi", query -> jdbi(jdbi))
        .on("/sql2o", query -> sql2o(sql2o))
        .on("/ormlite", query -> ormlite(dao))
        .on("/ebean", query -> ebean(ebean))
        .on("/mybatis_plus", query -> mybatisPlus(plus))
        .on("/pagehelper", query -> pagehelper(pages))
        .on("/thymeleaf", query -> thymeleaf(thymeleaf, dao))
        .on("/graphql", query -> graphql(graphql))
        .start();
  }

  private static String pooled(DataSource source) throws Exception {
    int found = 0;
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(ONE + "?")) {
      for (int id : ids()) {
        statement.setInt(1, id);
        try (ResultSet rows = statement.executeQuery()) { // <- pooled
          found += Orders.count(rows);
        }
      }
    }
    return found + " products";
  }

  private static String payments(DataSource source) throws Exception {
    int found = 0;
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM payment WHERE order_id = ?")) {
      for (int id = 1; id <= 20; id++) {
        statement.setInt(1, id);
        try (ResultSet rows = statement.executeQuery()) { // <- payments
          found += Orders.count(rows);
        }
      }
    }
    return found + " payments";
  }

  private static String jdbi(Jdbi jdbi) {
    List<String> names = new ArrayList<>();
    try (Handle handle = jdbi.open()) {
      for (int id : ids()) {
        names.add(
            handle.createQuery(ONE + ":id").bind("id", id).mapTo(String.class).one()); // <- jdbi
      }
    }
    return names.toString();
  }

  private static String sql2o(Sql2o sql2o) {
    List<String> names = new ArrayList<>();
    try (org.sql2o.Connection connection = sql2o.open()) {
      for (int id : ids()) {
        org.sql2o.Query query = connection.createQuery(ONE + ":id").addParameter("id", id);
        names.add(query.executeScalar(String.class)); // <- sql2o
      }
    }
    return names.toString();
  }

  private static String ormlite(Dao<Product, Integer> dao) throws Exception {
    List<String> names = new ArrayList<>();
    for (int id : ids()) {
      names.add(dao.queryForId(id).name); // <- ormlite
    }
    return names.toString();
  }

  private static Database ebean() {
    DatabaseConfig config = new DatabaseConfig();
    config.setName("shop");
    config.setDataSource(new UnpooledDataSource("org.h2.Driver", URL, "sa", ""));
    config.setDefaultServer(true);
    config.setRegister(false);
    config.setDdlGenerate(false);
    config.addClass(OtherLibrariesApp.class);
    return DatabaseFactory.create(config);
  }

  private static String ebean(Database ebean) {
    List<String> names = new ArrayList<>();
    for (int id : ids()) {
      io.ebean.SqlQuery query = ebean.sqlQuery(ONE + ":id").setParameter("id", id);
      names.add(query.findOne().getString("name")); // <- ebean
    }
    return names.toString();
  }

  private static SqlSessionFactory mybatis(MybatisConfiguration configuration) {
    UnpooledDataSource source = new UnpooledDataSource("org.h2.Driver", URL, "sa", "");
    configuration.setEnvironment(new Environment("test", new JdbcTransactionFactory(), source));
    configuration.addMapper(Products.class);
    return new MybatisSqlSessionFactoryBuilder().build(configuration);
  }

  private static String mybatisPlus(SqlSessionFactory sessions) {
    List<String> names = new ArrayList<>();
    try (SqlSession session = sessions.openSession()) {
      Products products = session.getMapper(Products.class);
      for (int id : ids()) {
        names.add(products.selectById(id).name); // <- mybatis plus
      }
    }
    return names.toString();
  }

  private static String pagehelper(SqlSessionFactory sessions) {
    List<String> names = new ArrayList<>();
    try (SqlSession session = sessions.openSession()) {
      Products products = session.getMapper(Products.class);
      for (int order = 1; order <= 20; order++) {
        PageHelper.startPage(1, 2, false);
        names.addAll(products.ofOrder(order)); // <- pagehelper
      }
    }
    return names.toString();
  }

  /** Nothing of the application's is on the way from the template to the database. */
  private static String thymeleaf(TemplateEngine engine, Dao<Product, Integer> dao) {
    Context context = new Context();
    context.setVariable("ids", ids());
    context.setVariable("dao", dao);
    String template = "<p th:each=\"id : ${ids}\" th:text=\"${dao.queryForId(id).name}\"></p>";
    return engine.process(template, context); // <- thymeleaf
  }

  private static GraphQL graphql(Dao<Product, Integer> dao) {
    RuntimeWiring wiring =
        RuntimeWiring.newRuntimeWiring()
            .type("Query", type -> type.dataFetcher("ids", environment -> ids()))
            .type(
                "Product",
                type ->
                    type.dataFetcher(
                        "name",
                        environment -> {
                          int id = environment.getSource();
                          return dao.queryForId(id).name; // <- graphql
                        }))
            .build();
    String schema = "type Query { ids: [Product] } type Product { name: String }";
    return GraphQL.newGraphQL(
            new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(schema), wiring))
        .build();
  }

  private static String graphql(GraphQL graphql) {
    return graphql.execute("{ ids { name } }").toSpecification().toString();
  }

  private static List<Integer> ids() {
    Integer[] ids = new Integer[20];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = 10 * (i + 1);
    }
    return Arrays.asList(ids);
  }

  /** A row, as ORMLite and MyBatis-Plus map it. */
  @DatabaseTable(tableName = "product")
  @TableName("product")
  public static final class Product {
    @DatabaseField(id = true)
    @TableId
    public int id;

    @DatabaseField public String name;

    public int getId() {
      return id;
    }

    public String getName() {
      return name;
    }
  }

  /** The mapper, a proxy when it runs. */
  public interface Products extends BaseMapper<Product> {
    @Select("SELECT name FROM item WHERE order_id = #{order}")
    List<String> ofOrder(int order);
  }
}
