package dev.atalaya.it.deployment;

import dev.atalaya.it.App;
import dev.atalaya.libraries.Libraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real Kafka of one broker, from Maven's repository, with its data in a folder. */
final class Kafka implements AutoCloseable {
  private static final String COORDINATE = "org.apache.kafka:kafka_2.13:4.3.1";

  private final App broker;
  private final String address;

  private Kafka(App broker, String address) {
    this.broker = broker;
    this.address = address;
  }

  static Kafka start(Path folder) throws IOException {
    int port = App.freePort();
    int controller = App.freePort();
    Path settings = folder.resolve("kafka.properties");
    Files.writeString(
        settings,
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.bootstrap.servers=127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        log.dirs=%3$s
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        share.coordinator.state.topic.replication.factor=1
        group.initial.rebalance.delay.ms=0
        """
            .formatted(port, controller, folder.resolve("kafka")));
    App format =
        launch("kafka.tools.StorageTool")
            .arguments("format", "-t", "AAAAAAAAQACAAAAAAAAAAA", "-c", settings.toString())
            .arguments("--standalone")
            .launch();
    if (format.join() != 0) throw new IllegalStateException(format.output() + format.errors());
    App broker =
        launch("kafka.Kafka")
            .arguments(settings.toString())
            .port(port)
            .ready("Kafka Server started", Duration.ofSeconds(60))
            .start();
    return new Kafka(broker, "127.0.0.1:" + port);
  }

  private static App.Launch launch(String main) {
    return App.program(main, Libraries.classPath(COORDINATE, "org.slf4j:slf4j-simple:1.7.36"));
  }

  String address() {
    return address;
  }

  @Override
  public void close() {
    broker.close();
  }
}
