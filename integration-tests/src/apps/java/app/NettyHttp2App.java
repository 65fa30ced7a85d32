package app;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of its own, whose handler has the frames of all streams of HTTP/2 in clear text. */
public final class NettyHttp2App {
  private static final ExecutorService WORKERS = Executors.newFixedThreadPool(8);

  public static void main(String[] args) throws Exception {
    NettyApp.serve(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            Shop shop = new Shop();
            shop.http2 =
                new Http2ConnectionHandlerBuilder().server(true).frameListener(shop).build();
            HttpServerCodec http1 = new HttpServerCodec();
            channel
                .pipeline()
                .addLast(http1)
                .addLast(
                    new HttpServerUpgradeHandler(
                        http1, protocol -> new Http2ServerUpgradeCodec(shop.http2)))
                .addLast(new Upgraded(shop));
          }
        });
  }

  private static final class Shop extends Http2EventAdapter {
    Http2ConnectionHandler http2;

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context,
        int stream,
        Http2Headers headers,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean last) {
      onHeadersRead(context, stream, headers, padding, last);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context,
        int stream,
        Http2Headers headers,
        int padding,
        boolean last) {
      asked(context, stream, headers.path().toString());
    }

    void asked(ChannelHandlerContext context, int stream, String path) {
      if (path.startsWith("/orders/")) {
        answer(context, stream, "200", lines(path.substring(8)));
      } else if (path.startsWith("/later/")) {
        WORKERS.execute(
            () -> {
              String lines = lines(path.substring(7));
              context.executor().execute(() -> answer(context, stream, "202", lines));
            });
      } else {
        answer(context, stream, "404", "nowhere");
      }
    }

    private static String lines(String order) {
      try {
        return NettyApp.Shop.lines(order);
      } catch (Exception broken) {
        return "" + broken;
      }
    }

    private void answer(ChannelHandlerContext context, int stream, String status, String text) {
      ByteBuf body = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
      Http2Headers head = new DefaultHttp2Headers().status(status);
      http2.encoder().writeHeaders(context, stream, head, 0, false, context.newPromise());
      http2.encoder().writeData(context, stream, body, 0, true, context.newPromise());
      http2.flush(context);
    }
  }

  /** What asked for HTTP/2 is the first of its streams. */
  private static final class Upgraded extends ChannelInboundHandlerAdapter {
    private final Shop shop;

    Upgraded(Shop shop) {
      this.shop = shop;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (!(event instanceof HttpServerUpgradeHandler.UpgradeEvent)) return;
      FullHttpRequest request = ((HttpServerUpgradeHandler.UpgradeEvent) event).upgradeRequest();
      shop.asked(context.pipeline().context(shop.http2), 1, request.uri());
      ReferenceCountUtil.release(event);
    }
  }
}
