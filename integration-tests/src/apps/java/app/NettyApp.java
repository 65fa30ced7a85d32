package app;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of its own on Netty's codecs, whose handler answers at once, later, or never. */
public final class NettyApp {
  private static final ExecutorService WORKERS = Executors.newFixedThreadPool(8);

  public static void main(String[] args) throws Exception {
    serve(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel
                .pipeline()
                .addLast(new HttpServerCodec(), new HttpObjectAggregator(65_536))
                .addLast(new Shop());
          }
        });
  }

  static void serve(ChannelInitializer<Channel> connections) throws Exception {
    EventLoopGroup loops = new NioEventLoopGroup(2);
    Channel server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(connections)
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    System.out.println("READY " + ((InetSocketAddress) server.localAddress()).getPort());
  }

  static final class Shop extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
        throws Exception {
      String uri = request.uri();
      boolean keepAlive = HttpUtil.isKeepAlive(request);
      if (uri.startsWith("/orders/")) {
        answer(context, keepAlive, 200, lines(uri.substring(8)));
      } else if (uri.startsWith("/later/")) {
        String id = uri.substring(7);
        WORKERS.execute(
            () -> {
              try {
                answer(context, keepAlive, 202, lines(id));
              } catch (Exception broken) {
                answer(context, keepAlive, 500, "" + broken);
              }
            });
      } else if (uri.startsWith("/never")) {
        context.channel().config().setAutoRead(true); // it waits for its client to go
      } else {
        answer(context, keepAlive, 404, "nowhere");
      }
    }

    static String lines(String order) throws Exception {
      int lines = 0;
      try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:netty");
          PreparedStatement line = connection.prepareStatement("SELECT ? AS line")) {
        for (int i = 0; i < 8; i++) {
          line.setInt(1, i);
          line.executeQuery().next();
          lines++;
        }
      }
      return order + " has " + lines;
    }

    private static void answer(
        ChannelHandlerContext context, boolean keepAlive, int status, String text) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.valueOf(status),
              Unpooled.wrappedBuffer(body));
      response.headers().set("Content-Length", body.length);
      if (!keepAlive) response.headers().set("Connection", "close");
      context.writeAndFlush(response);
    }
  }
}
