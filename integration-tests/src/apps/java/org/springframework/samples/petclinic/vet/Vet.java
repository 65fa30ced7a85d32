package org.springframework.samples.petclinic.vet;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.persistence.Entity;
import javax.persistence.FetchType;
import javax.persistence.JoinColumn;
import javax.persistence.JoinTable;
import javax.persistence.ManyToMany;
import javax.persistence.Table;
import org.springframework.samples.petclinic.model.NamedEntity;

/** Who looks after pets. */
@Entity
@Table(name = "vets")
public class Vet extends NamedEntity {
  @ManyToMany(fetch = FetchType.EAGER)
  @JoinTable(
      name = "vet_specialties",
      joinColumns = @JoinColumn(name = "vet_id"),
      inverseJoinColumns = @JoinColumn(name = "specialty_id"))
  private Set<Specialty> specialties = new LinkedHashSet<>();

  public Set<Specialty> getSpecialties() {
    return specialties;
  }

  public String getSpecialtyNames() {
    return specialties.stream().map(Specialty::getName).sorted().collect(Collectors.joining(" "));
  }
}
