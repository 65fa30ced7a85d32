package shop.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class PhotosTest {

  @Test
  void photos_are_jpegs_from_200_kb_to_1_mb() throws IOException {
    Supplier<byte[]> photos = Photos.forever();
    for (int i = 0; i < 4; i++) {
      byte[] photo = photos.get();
      assertTrue(photo.length > 200_000 && photo.length < 1_000_000, photo.length + " bytes");
      assertEquals((byte) 0xff, photo[0]);
      assertTrue(ImageIO.read(new ByteArrayInputStream(photo)).getWidth() >= 1_200);
    }
  }

  @Test
  void a_photo_is_the_same_in_each_run() {
    assertArrayEquals(Photos.photo(64, 3), Photos.photo(64, 3));
  }
}
