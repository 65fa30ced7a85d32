package shop.web;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import shop.Images;

/** The products' pictures. */
@RestController
class PictureController {
  private final Images images;

  PictureController(Images images) {
    this.images = images;
  }

  @GetMapping(path = "/images/{id}/{size}", produces = MediaType.IMAGE_JPEG_VALUE)
  byte[] thumbnail(@PathVariable long id, @PathVariable int size) {
    return images.thumbnail(id, size).bytes();
  }
}
