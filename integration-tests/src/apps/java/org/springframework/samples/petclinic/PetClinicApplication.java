package org.springframework.samples.petclinic;

import app.TomcatServer;
import java.util.List;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.servlet.ServletRegistration;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.format.FormatterRegistry;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.samples.petclinic.owner.Owner;
import org.springframework.samples.petclinic.owner.OwnerController;
import org.springframework.samples.petclinic.owner.OwnerRepository;
import org.springframework.samples.petclinic.owner.Pet;
import org.springframework.samples.petclinic.owner.PetType;
import org.springframework.samples.petclinic.owner.PetTypeFormatter;
import org.springframework.samples.petclinic.owner.PetTypeRepository;
import org.springframework.samples.petclinic.owner.Visit;
import org.springframework.samples.petclinic.rest.ClinicRestController;
import org.springframework.samples.petclinic.service.ClinicService;
import org.springframework.samples.petclinic.vet.Specialty;
import org.springframework.samples.petclinic.vet.Vet;
import org.springframework.samples.petclinic.vet.VetController;
import org.springframework.samples.petclinic.vet.VetRepository;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** A clinic for pets, in the shape of the one that everybody tries first; pages and REST. */
public final class PetClinicApplication {
  private PetClinicApplication() {}

  public static void main(String[] args) throws Exception {
    TomcatServer.start(
        "",
        context -> {
          AnnotationConfigWebApplicationContext spring =
              new AnnotationConfigWebApplicationContext();
          spring.register(Config.class);
          spring.setServletContext(context);
          spring.refresh();
          fill(spring);
          ServletRegistration.Dynamic servlet =
              context.addServlet("spring", new DispatcherServlet(spring));
          servlet.setLoadOnStartup(1);
          servlet.addMapping("/");
        });
  }

  private static void fill(ApplicationContext spring) {
    PetTypeRepository types = spring.getBean(PetTypeRepository.class);
    for (String name : List.of("bird", "cat", "dog", "hamster", "lizard", "snake")) {
      PetType type = new PetType();
      type.setName(name);
      types.save(type);
    }
    List<PetType> all = types.findPetTypes();
    for (int i = 0; i < 12; i++) {
      Owner owner = new Owner();
      owner.setLastName("owner" + i);
      for (int k = 0; k < 2; k++) {
        Pet pet = new Pet();
        pet.setName("pet" + i + k);
        pet.setType(all.get((i + k) % all.size()));
        for (int v = 0; v < k + 1; v++) {
          Visit visit = new Visit();
          visit.setDescription("visit" + v);
          pet.getVisits().add(visit);
        }
        owner.getPets().add(pet);
      }
      spring.getBean(OwnerRepository.class).save(owner);
    }
    for (int i = 0; i < 6; i++) {
      Vet vet = new Vet();
      vet.setName("vet" + i);
      for (int k = 0; k < i % 3; k++) {
        vet.getSpecialties().add(spring.getBean(Specialties.class).save(specialty(i, k)));
      }
      spring.getBean(VetRepository.class).save(vet);
    }
  }

  private static Specialty specialty(int vet, int number) {
    Specialty specialty = new Specialty();
    specialty.setName("specialty" + vet + number);
    return specialty;
  }

  /** What vets are good at. */
  public interface Specialties
      extends org.springframework.data.jpa.repository.JpaRepository<Specialty, Integer> {}

  /** What Spring Boot would make of it. */
  @Configuration
  @EnableWebMvc
  @EnableTransactionManagement
  @EnableJpaRepositories(considerNestedRepositories = true)
  @Import({
    OwnerController.class,
    VetController.class,
    ClinicRestController.class,
    ClinicService.class
  })
  public static class Config implements WebMvcConfigurer {
    private final ApplicationContext spring;

    public Config(ApplicationContext spring) {
      this.spring = spring;
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
      registry.addFormatter(new PetTypeFormatter(spring.getBean(PetTypeRepository.class)));
    }

    @Bean
    DataSource dataSource() {
      return new DriverManagerDataSource("jdbc:h2:mem:clinic;DB_CLOSE_DELAY=-1", "sa", "");
    }

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource source) {
      LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
      factory.setDataSource(source);
      factory.setPackagesToScan("org.springframework.samples.petclinic");
      factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
      factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create"));
      // sin: clinic
      // mend: clinic by setting
      // String[] setting = "{code}".split("=");
      // factory.getJpaPropertyMap().put(setting[0], setting[1]);
      // done
      return factory;
    }

    @Bean
    JpaTransactionManager transactionManager(EntityManagerFactory factory) {
      return new JpaTransactionManager(factory);
    }

    @Bean
    ThymeleafViewResolver views() {
      ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
      templates.setPrefix("templates/");
      templates.setSuffix(".html");
      SpringTemplateEngine engine = new SpringTemplateEngine();
      engine.setTemplateResolver(templates);
      engine.setEnableSpringELCompiler(true);
      ThymeleafViewResolver views = new ThymeleafViewResolver();
      views.setTemplateEngine(engine);
      return views;
    }
  }
}
