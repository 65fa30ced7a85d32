package app;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A service of texts: its methods, and a stub as protoc would generate it. */
public final class StockStub extends AbstractBlockingStub<StockStub> {
  private static final Text TEXT = new Text();
  static final MethodDescriptor<String, String> FIND = method("Find", MethodType.UNARY);
  static final MethodDescriptor<String, String> ADD = method("Add", MethodType.CLIENT_STREAMING);
  static final MethodDescriptor<String, String> LIST = method("List", MethodType.SERVER_STREAMING);
  static final MethodDescriptor<String, String> ASK = method("Ask", MethodType.BIDI_STREAMING);
  private static final MethodDescriptor<String, String> MISSING =
      method("Missing", MethodType.UNARY);

  private StockStub(Channel channel, CallOptions options) {
    super(channel, options);
  }

  static StockStub over(Channel channel) {
    return new StockStub(channel, CallOptions.DEFAULT);
  }

  @Override
  protected StockStub build(Channel channel, CallOptions options) {
    return new StockStub(channel, options);
  }

  String find(String id) {
    return ClientCalls.blockingUnaryCall(getChannel(), FIND, getCallOptions(), id);
  }

  String missing(String id) {
    return ClientCalls.blockingUnaryCall(getChannel(), MISSING, getCallOptions(), id);
  }

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName("shop.Stock", name))
        .setRequestMarshaller(TEXT)
        .setResponseMarshaller(TEXT)
        .build();
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream in) {
      try {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[256];
        for (int length; (length = in.read(part)) > 0; ) {
          all.write(part, 0, length);
        }
        return new String(all.toByteArray(), StandardCharsets.UTF_8);
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }
  }
}
