package dev.atalaya.agent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Libraries that the agent sees nothing of, and servers whose routes it may not know, by a class
 * that each loads where it is used. If the agent said nothing of them, all would look well.
 */
final class Unsupported {
  private static final String NETTY = "Netty";

  /** Worth a word where no request was seen, or none with a route. */
  static final String[][] SERVERS = {
    {"com/twitter/finagle/Http$Server", "Finagle"},
    {"ratpack/server/internal/DefaultRatpackServer", "Ratpack"},
    {"io/netty/bootstrap/ServerBootstrap", NETTY},
  };

  static final String[][] OTHERS = {
    {"io/r2dbc/spi/ConnectionFactory", "R2DBC"},
    {"io/vertx/sqlclient/impl/SqlClientBase", "the Vert.x SQL client"},
    {"com/mongodb/client/internal/MongoClientImpl", "the MongoDB driver"},
    {"com/mongodb/reactivestreams/client/internal/MongoClientImpl", "the MongoDB driver"},
    {"com/mongodb/Mongo", "the MongoDB driver"},
    {"com/datastax/oss/driver/internal/core/session/DefaultSession", "the Cassandra driver"},
    {"com/datastax/driver/core/Cluster", "the Cassandra driver"},
    {"com/couchbase/client/java/Cluster", "Couchbase"},
    {"org/neo4j/driver/internal/InternalDriver", "the Neo4j driver"},
    {"software/amazon/awssdk/services/dynamodb/DefaultDynamoDbClient", "DynamoDB"},
    {"org/elasticsearch/client/RestClient", "Elasticsearch"},
    {"org/opensearch/client/RestClient", "OpenSearch"},
    {"org/apache/solr/client/solrj/SolrClient", "Solr"},
    {"net/rubyeye/xmemcached/XMemcachedClient", "XMemcached"},
    {"org/redisson/Redisson", "Redisson"},
    {"com/lambdaworks/redis/RedisClient", "Lettuce 4"},
    {"com/squareup/okhttp/OkHttpClient", "OkHttp 2"},
    {"org/apache/commons/httpclient/HttpClient", "Commons HttpClient 3"},
    {"org/apache/kafka/clients/consumer/KafkaConsumer", "Kafka"},
    {"org/apache/kafka/clients/producer/KafkaProducer", "Kafka"},
    {"com/rabbitmq/client/impl/ChannelN", "RabbitMQ"},
    {"org/apache/activemq/ActiveMQConnection", "ActiveMQ"},
    {"org/apache/activemq/artemis/jms/client/ActiveMQConnection", "Artemis"},
    {"org/apache/pulsar/client/impl/PulsarClientImpl", "Pulsar"},
  };

  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    for (String[] server : SERVERS) NAMES.put(server[0], server[1]);
    for (String[] other : OTHERS) NAMES.put(other[0], other[1]);
  }

  private final Set<String> loaded = ConcurrentHashMap.newKeySet();

  /** Internal names of the classes that the libraries are known by. */
  static Collection<String> types() {
    return NAMES.keySet();
  }

  void loaded(String type) {
    loaded.add(type);
  }

  boolean isEmpty() {
    return loaded.isEmpty();
  }

  /** What is loaded and not instrumented, as a sentence names it. */
  List<String> names() {
    return new ArrayList<>(named(OTHERS));
  }

  /** Servers that are loaded. */
  List<String> servers() {
    List<String> servers = new ArrayList<>(named(SERVERS));
    if (servers.size() > 1) servers.remove(NETTY); // which the others are built on
    return servers;
  }

  private Set<String> named(String[][] types) {
    Set<String> names = new LinkedHashSet<>();
    for (String[] type : types) if (loaded.contains(type[0])) names.add(type[1]);
    return names;
  }
}
