package shop;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Decodes uploads and scales them. */
public final class Pictures {
  private Pictures() {}

  /** Throws {@link NotAnImageException}. The size is looked at before anything is decoded. */
  public static BufferedImage decode(byte[] file) {
    try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      ImageReader reader = readers.hasNext() ? readers.next() : null;
      if (reader == null || !isTaken(reader)) {
        throw new NotAnImageException("This is neither a JPEG nor a PNG.");
      }
      try {
        // Without metadata: a PNG's compressed texts may be much larger than its pixels.
        reader.setInput(input, false, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > Images.MAX_PIXELS) {
          throw new NotAnImageException("The picture has more than 40 million pixels.");
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException broken) {
      throw new NotAnImageException("The picture cannot be read.");
    }
  }

  /** The JDK reads other formats too. */
  private static boolean isTaken(ImageReader reader) {
    List<String> names = List.of(reader.getOriginatingProvider().getFormatNames());
    return names.contains("jpeg") || names.contains("png");
  }

  /** A JPEG whose longer side is at most so many pixels. */
  public static byte[] thumbnail(BufferedImage whole, int size) {
    double scale = Math.min(1, (double) size / Math.max(whole.getWidth(), whole.getHeight()));
    int width = Math.max(1, (int) Math.round(whole.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(whole.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = small.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    canvas.drawImage(whole, 0, 0, width, height, null);
    canvas.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(small, "jpeg", jpeg);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jpeg.toByteArray();
  }
}
