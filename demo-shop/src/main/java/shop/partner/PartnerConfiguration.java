package shop.partner;

import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** The partner that {@code shop.partner.url} names, else one inside of the shop. */
@Configuration(proxyBeanMethods = false)
class PartnerConfiguration {

  @Bean
  @ConditionalOnProperty(name = "shop.partner.url", havingValue = "embedded")
  PartnerService partnerService(@Value("${shop.partner.slow}") boolean slow) throws IOException {
    return new PartnerService(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), slow);
  }

  @Bean
  Partner partner(@Value("${shop.partner.url}") URI url, ObjectProvider<PartnerService> embedded) {
    PartnerService service = embedded.getIfAvailable();
    return at(service == null ? url : service.address());
  }

  static Partner at(URI address) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
    requests.setReadTimeout(Duration.ofSeconds(5));
    ObservationRegistry observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(new PartnerLog());
    RestClient client =
        RestClient.builder()
            .requestFactory(requests)
            .baseUrl(address)
            .observationRegistry(observations)
            .defaultStatusHandler(
                HttpStatusCode::isError,
                (request, response) -> {
                  int status = response.getStatusCode().value();
                  throw new IllegalStateException("The partner answered " + status);
                })
            .build();
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
        .build()
        .createClient(Partner.class);
  }
}
