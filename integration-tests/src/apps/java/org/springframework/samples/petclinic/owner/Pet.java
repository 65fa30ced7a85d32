package org.springframework.samples.petclinic.owner;

import java.util.LinkedHashSet;
import java.util.Set;
import javax.persistence.CascadeType;
import javax.persistence.Entity;
import javax.persistence.FetchType;
import javax.persistence.JoinColumn;
import javax.persistence.ManyToOne;
import javax.persistence.OneToMany;
import javax.persistence.OrderBy;
import javax.persistence.Table;
import org.springframework.samples.petclinic.model.NamedEntity;

/** Of an owner. */
@Entity
@Table(name = "pets")
public class Pet extends NamedEntity {
  @ManyToOne
  @JoinColumn(name = "type_id")
  private PetType type;

  @OneToMany(cascade = CascadeType.ALL, fetch = FetchType.EAGER)
  @JoinColumn(name = "pet_id")
  @OrderBy("description ASC")
  private final Set<Visit> visits = new LinkedHashSet<>();

  public PetType getType() {
    return type;
  }

  public void setType(PetType type) {
    this.type = type;
  }

  public Set<Visit> getVisits() {
    return visits;
  }
}
