package shop;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The naive edition. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"shop.edition=naive", "shop.size=small", "shop.partner.slow=false"})
class NaiveShopTest extends ShopContract {}
