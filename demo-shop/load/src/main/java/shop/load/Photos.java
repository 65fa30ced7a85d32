package shop.load;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Photos as a phone would send them, 200 KB to 1 MB: painted here, the same in every run. */
final class Photos {
  private static final int[] WIDTHS = {1200, 1500, 1900, 2400};

  private Photos() {}

  /** One after the other, over and over; for any thread. */
  static Supplier<byte[]> forever() {
    List<byte[]> some =
        IntStream.range(0, WIDTHS.length).mapToObj(i -> photo(WIDTHS[i], i)).toList();
    AtomicInteger next = new AtomicInteger();
    return () -> some.get(Math.floorMod(next.getAndIncrement(), some.size()));
  }

  static byte[] photo(int width, int seed) {
    int height = width * 3 / 4;
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setPaint(new GradientPaint(0, 0, color(random), width, height, color(random)));
    canvas.fillRect(0, 0, width, height);
    for (int i = 0; i < 60; i++) {
      canvas.setColor(color(random));
      int size = 20 + random.nextInt(width / 4);
      canvas.fillOval(random.nextInt(width), random.nextInt(height), size, size * 2 / 3);
    }
    canvas.dispose();
    grain(image, random);
    return jpeg(image);
  }

  private static Color color(Random random) {
    return Color.getHSBColor(random.nextFloat(), 0.3f + random.nextFloat() / 3, 0.8f);
  }

  /** A sensor's noise is most of what a photo weighs. */
  private static void grain(BufferedImage image, Random random) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int noise = random.nextInt(21) - 10;
        int rgb = image.getRGB(x, y);
        int red = clamp((rgb >> 16 & 255) + noise);
        int green = clamp((rgb >> 8 & 255) + noise);
        int blue = clamp((rgb & 255) + noise);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }

  private static byte[] jpeg(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam quality = writer.getDefaultWriteParam();
    quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    quality.setCompressionQuality(0.85f);
    try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), quality);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
