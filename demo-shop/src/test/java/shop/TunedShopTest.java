package shop;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The tuned edition. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"shop.edition=tuned", "shop.size=small", "shop.partner.slow=false"})
class TunedShopTest extends ShopContract {}
