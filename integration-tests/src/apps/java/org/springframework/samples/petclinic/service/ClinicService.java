package org.springframework.samples.petclinic.service;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.samples.petclinic.owner.Owner;
import org.springframework.samples.petclinic.owner.OwnerRepository;
import org.springframework.samples.petclinic.owner.Pet;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Between controllers and repositories. */
@Service
public class ClinicService {
  private final OwnerRepository owners;
  private final PetRepository pets;

  public ClinicService(OwnerRepository owners, PetRepository pets) {
    this.owners = owners;
    this.pets = pets;
  }

  @Transactional(readOnly = true)
  public List<Owner> findAllOwners() {
    return owners.findAll(); // <- owners
  }

  @Transactional(readOnly = true)
  public List<Pet> findAllPets() {
    return pets.findAll(); // <- pets
  }

  /** All pets. */
  public interface PetRepository extends JpaRepository<Pet, Integer> {}
}
