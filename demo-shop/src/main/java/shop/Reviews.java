package shop;

/** What customers say of products. */
public interface Reviews {

  /** Adds a review of today. Throws {@link NotFoundException}. */
  Catalogue.ReviewView add(long product, long customer, int stars, String text);
}
